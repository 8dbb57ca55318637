-- expect: type-change-rewrites:2
ALTER TABLE people ALTER COLUMN number TYPE text USING to_char(number, 'FM0000');
