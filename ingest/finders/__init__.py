"""Each finder looks at the whole document and returns candidates; join makes records of them."""
