CREATE TYPE address AS (street text, city text, zip text);
CREATE DOMAIN positive_money AS numeric(12, 2) CHECK (VALUE > 0);
CREATE TABLE shops (id int PRIMARY KEY, place address, rent positive_money);
INSERT INTO shops VALUES (1, ROW('Main St', 'Springfield', '1234'), 100);
SELECT (place).city FROM shops;
