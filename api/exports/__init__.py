"""Taking data out: every dataset in every format, streamed, alone or as a data package."""
