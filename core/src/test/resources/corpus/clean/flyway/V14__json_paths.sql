CREATE FUNCTION unpaid_lines(document jsonb) RETURNS SETOF jsonb
LANGUAGE sql IMMUTABLE STRICT
AS $$
    SELECT jsonb_path_query(document, '$.lines[*] ? (@.paid == false && @.total > $least)', '{"least": 10}')
$$;

CREATE FUNCTION has_open_line(document jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN document @? '$.lines[*] ? (@.state like_regex "^open")' AND document #>> '{customer,0,name}' IS NOT NULL;
