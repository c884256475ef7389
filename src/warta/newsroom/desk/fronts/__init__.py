"""The screens on which fronts are arranged, and breaking news is put up."""
