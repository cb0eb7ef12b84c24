"""The pages of showcases for readers, for who proposes and presents, and for who registers."""
