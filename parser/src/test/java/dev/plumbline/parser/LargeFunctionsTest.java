package dev.plumbline.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What we run ourselves gives what Endive's interpreter gives. */
@WithParser
final class LargeFunctionsTest {
  private static final PgQuery OURS = PgQuery.start();
  private static final PgQuery ENDIVES = PgQuery.startInterpreted();

  @Test
  void give_the_same_trees() throws IOException {
    String sql = VariedStatementsTest.sql();

    PgQuery.Answer ours = OURS.parse(sql);

    assertThat(ours).isInstanceOf(PgQuery.Answer.Json.class).isEqualTo(ENDIVES.parse(sql));
    assertThat(OURS.scan(sql)).isEqualTo(ENDIVES.scan(sql));
  }

  @Test
  void give_the_same_numbers() {
    String sql =
        "SELECT 1, -2147483648, 9223372036854775808, 1.5e-7, 0x7fffffff, B'1', .5, 1_0, 'a' LIKE 'b'";

    assertThat(OURS.parse(sql)).isEqualTo(ENDIVES.parse(sql));
  }

  @Test
  void give_the_same_errors() {
    for (String sql :
        List.of("SELEC", "SELECT (", "SELECT 'a", "CREATE TABLE t (a int b)", "é 1")) {
      PgQuery.Answer ours = OURS.parse(sql);

      assertThat(ours).isInstanceOf(PgQuery.Answer.Error.class).isEqualTo(ENDIVES.parse(sql));
    }
  }

  @Test
  void give_the_same_bodies() {
    String sql =
        """
        CREATE FUNCTION f(a int, OUT b text) LANGUAGE plpgsql AS $$
        #variable_conflict use_column
        <<outer>>
        DECLARE c CURSOR (x int) FOR SELECT x; n CONSTANT numeric(5, 2) := 1.25; r t%ROWTYPE; z alias FOR $1;
        BEGIN
          FOR i IN REVERSE 10..1 BY 2 LOOP EXIT outer WHEN i = 3; CONTINUE; END LOOP;
          FOREACH a SLICE 1 IN ARRAY ARRAY[1, 2] LOOP NULL; END LOOP;
          WHILE true LOOP RAISE NOTICE 'a %', b USING ERRCODE = '22012'; END LOOP;
          CASE a WHEN 1, 2 THEN ASSERT a > 0, 'no'; ELSE GET DIAGNOSTICS a = ROW_COUNT; END CASE;
          OPEN c (x := 1); FETCH NEXT FROM c INTO r; CLOSE c;
          EXECUTE 'SELECT $1' INTO STRICT b USING a;
          RETURN QUERY EXECUTE 'x';
        EXCEPTION WHEN division_by_zero OR SQLSTATE '22000' THEN RAISE; WHEN OTHERS THEN RETURN;
        END $$
        """;

    assertThat(OURS.parsePlpgsql(sql)).isEqualTo(ENDIVES.parsePlpgsql(sql));
    assertThat(OURS.parsePlpgsql("DO $$ BEGIN IF; END $$"))
        .isEqualTo(ENDIVES.parsePlpgsql("DO $$ BEGIN IF; END $$"));
  }
}
