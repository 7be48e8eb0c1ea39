"""Encryption at rest, encrypted fields, password hashing and the checks of a deployment."""
