SELECT '"5"';
