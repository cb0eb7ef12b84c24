"""The records of commitments: entering and changing them, their states, their timelines, many at once."""
