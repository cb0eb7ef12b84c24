"""What collaboration owes to showcases: requests that were born from their entries, and what came of them."""
