-- expect: identity-over-serial:2
CREATE TABLE plans (id bigserial PRIMARY KEY);
