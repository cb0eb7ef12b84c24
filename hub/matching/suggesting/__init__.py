"""Lists of suggestions for a member, a request, an innovation, an entry of a showcase and a country."""
