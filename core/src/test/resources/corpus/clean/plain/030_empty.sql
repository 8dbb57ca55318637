-- Nothing here yet; the number is taken.
;
