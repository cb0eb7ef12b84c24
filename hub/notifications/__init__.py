"""What members are told, how often they want it by mail; no wording of things, no mail."""
