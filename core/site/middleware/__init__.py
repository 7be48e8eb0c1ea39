"""Middleware. For the order and its reasons see ``MIDDLEWARE`` in config/settings/base.py."""
