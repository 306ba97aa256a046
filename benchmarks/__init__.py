"""Speed, measured on the machine at hand: `make bench` prints every number that README and docs give."""
