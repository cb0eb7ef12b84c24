"""Who looks after a published record: claims on compiled ones, hand-over, the yearly confirmation."""
