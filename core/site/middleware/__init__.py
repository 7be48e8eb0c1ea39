"""What happens round every view. Order and reasons: `MIDDLEWARE` in config/settings/base.py."""
