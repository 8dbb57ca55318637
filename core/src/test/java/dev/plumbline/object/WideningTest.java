package dev.plumbline.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {
  private static final String SETS = "ALTER TABLE \"public\".\"t\" ALTER COLUMN \"x TYPE y\" TYPE ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          smallint                 | bigint
          integer                  | numeric
          real                     | double precision
          date                     | timestamp without time zone
          character varying(5)     | character varying(5)
          character varying(5)     | character varying(80)
          character varying(5)     | character varying
          character varying        | text
          text                     | character varying
          numeric(5,2)             | numeric(7,2)
          numeric(5,2)             | numeric
          text COLLATE pg_catalog."C" | text COLLATE pg_catalog."C"
          """)
  void keeps_every_value(String from, String to) {
    assertThat(Widening.isCertain(SETS + from, SETS + to)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bigint                      | integer
          integer                     | real
          bigint                      | double precision
          integer                     | text
          numeric                     | integer
          numeric                     | numeric(7,2)
          numeric(5,2)                | numeric(7,3)
          numeric(5,2)                | numeric(5,1)
          text                        | character varying(5)
          character varying(9)        | character varying(5)
          character varying(5)        | character(9)
          timestamp without time zone | date
          timestamp without time zone | timestamp with time zone
          text                        | text COLLATE pg_catalog."C"
          json                        | jsonb
          """)
  void may_lose_something(String from, String to) {
    assertThat(Widening.isCertain(SETS + from, SETS + to)).isFalse();
  }
}
