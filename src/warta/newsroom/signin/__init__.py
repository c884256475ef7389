"""Signing in: passwords and second factors by django-allauth, with this paper's rules about tries, times and duties."""
