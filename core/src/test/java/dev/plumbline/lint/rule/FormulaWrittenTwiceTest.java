package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class FormulaWrittenTwiceTest {

  static List<String> wrong() {
    return List.of(
        """
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.total := NEW.quantity * NEW.price; RETURN NEW; END $$;
        CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
        UPDATE a SET total = quantity * price * 1.19 WHERE total = 0;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.total := NEW.quantity * NEW.price; RETURN NEW; END $$;
        CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
        UPDATE a SET total = a.price * a.quantity::numeric WHERE total = 0;
        """,
        """
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE p SET likes = likes + 1 WHERE id = NEW.p; RETURN NEW; END $$;
        CREATE TRIGGER t AFTER INSERT ON l FOR EACH ROW EXECUTE FUNCTION f();
        UPDATE p SET likes = (SELECT count(*) FROM l WHERE l.p = p.id) WHERE id > 0;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("formula-written-twice");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("formula-written-twice");
  }
}
