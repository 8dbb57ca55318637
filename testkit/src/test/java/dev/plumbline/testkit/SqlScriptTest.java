package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void splits_outside_of_quotes_and_comments() {
    assertThat(
            new SqlScript(
                    """
                    -- a comment; with a semicolon
                    SELECT 'it''s; one', "a;b" /* ; */ FROM t;
                    SELECT $1 ;;
                    SELECT 2
                    """)
                .statements())
        .containsExactly("SELECT 'it''s; one', \"a;b\"   FROM t", "SELECT $1", "SELECT 2");
  }

  @Test
  void keeps_dollar_quoted_bodies_whole() {
    String function =
        "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$\n"
            + "BEGIN -- $$ ;\n  RETURN $$;$$; END;\n$body$";
    assertThat(new SqlScript(function + ";\nSELECT f();").statements())
        .containsExactly(function, "SELECT f()");
  }

  @Test
  void keeps_trigger_bodies_whole() {
    String trigger =
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n"
            + "  UPDATE b SET n = CASE WHEN n > 1 THEN 2 END;\n  DELETE FROM c;\nEND";
    String postgres = "CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f()";
    assertThat(new SqlScript(trigger + ";\n" + postgres + ";\nSELECT 1;").statements())
        .containsExactly(trigger, postgres, "SELECT 1");
  }

  @Test
  void puts_values_in_and_misses_none() {
    SqlScript script = new SqlScript("SELECT ${n} FROM ${t}");
    assertThat(script.with(Map.of("n", "$1", "t", "x")).text()).isEqualTo("SELECT $1 FROM x");
    assertThatThrownBy(() -> script.with(Map.of("n", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no value for ${t}");
  }
}
