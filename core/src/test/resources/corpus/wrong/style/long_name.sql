-- expect: identifier-too-long:2
CREATE TABLE a_table_whose_name_says_everything_that_anybody_could_ever_want_to_know (id bigint PRIMARY KEY);
