"""The reading floor: language, sentences, stance, themes, organisations, figures and checks. No database."""
