"""Calendar addresses of members: making and ending them, and what stands in them."""
