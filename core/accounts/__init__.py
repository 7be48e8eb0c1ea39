"""Members: profiles, their own keys, sign-in, and the first page a new member sees."""
