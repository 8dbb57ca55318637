-- expect: type-change-rewrites:2
ALTER TABLE people ALTER name TYPE varchar(50);
