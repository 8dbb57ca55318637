DROP TABLE shops;
DROP DOMAIN positive_money;
DROP TYPE address;
