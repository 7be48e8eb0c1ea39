"""Members: profiles, pictures, their own keys, sign-in, and onboarding."""
