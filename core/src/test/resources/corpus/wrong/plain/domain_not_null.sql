-- expect: domain-constraint:2
ALTER DOMAIN email SET NOT NULL;
