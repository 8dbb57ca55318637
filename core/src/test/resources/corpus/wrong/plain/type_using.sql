-- expect: type-change-rewrites:3
ALTER TABLE orders
    ALTER COLUMN tags SET DATA TYPE text[] USING string_to_array(tags, ',');
