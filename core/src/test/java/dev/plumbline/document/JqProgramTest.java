package dev.plumbline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found wrong in a program before any document comes by. */
class JqProgramTest {
  private static final Set<String> GIVEN = Set.of("courses");

  private static List<JqFault> faults(String program) {
    return JqProgram.faults(program, GIVEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        ". as $x | .a = $x | map(select(. == $x))",
        ". as [$a, {b: $c, $d, \"e\\($a)\": $f, (\"g\"): [$h]}] | [$a, $c, $d, $f, $h]",
        "reduce .[] as $one (0; . + $one) | foreach .[] as [$k, $v] (0; . + $v; [$k, .])",
        "def twice(f): f | f; def add($n): . + $n; twice(add(1))",
        "def count: if . > 9 then . else (. + 1 | count) end; count",
        "label $out | .[] | if . then ., break $out else . end",
        "{a, \"b\", if: 1, $courses, (.k): 2, \"x\\($courses | length)\": .y, @base64 \"z\": 3}",
        "\"a \\(.b | \"c \\(length)\") d\", @uri \"q=\\(.q)\", @text",
        ".length.map, .then?, .\"foo\", .[\"bar\"], .[1:length], ..",
        "try error(\"no\") catch ., -(length), (1 as $x | 2 as $y | [$x, $y])",
        "# nope(1) $nope\n. # and $here",
        "path(..), limit(3; .[]), first(range(10)) // .",
      })
  void finds_nothing_in_a_program_whose_names_are_all_there(String program) {
    assertThat(faults(program)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          foo(.)                            | 1 |  1 | calls `foo`, and there is no such function | Define it before: `def foo: …;`.
          map(tostrin)                      | 1 |  5 | calls `tostrin`, and there is no such function | Did you mean `tostring`?
          map(.; 1)                         | 1 |  1 | calls `map` with 2 arguments | It takes 1 argument.
          range                             | 1 |  1 | calls `range` with no argument | It takes 1 argument or 2 arguments or 3 arguments.
          .a + $nope                        | 1 |  6 | names `$nope`, and there is no such variable | Bind it before: `… as $nope ¦`. A file gets its name by `inputs`.
          $course                           | 1 |  1 | names `$course`, and there is no such variable | Did you mean `$courses`?
          {$course}                         | 1 |  2 | names `$course`, and there is no such variable | Did you mean `$courses`?
          "a \\(b(1))"                       | 1 |  6 | calls `b`, and there is no such function | Define it before: `def b: …;`.
          {a: {b: [c]}}                     | 1 | 10 | calls `c`, and there is no such function | Define it before: `def c: …;`.
          (def f: 1; f) + f                 | 1 | 17 | calls `f`, and there is no such function | Define it before: `def f: …;`.
          (1 as $x ¦ $x) + $x               | 1 | 18 | names `$x`, and there is no such variable | Bind it before: `… as $x ¦`. A file gets its name by `inputs`.
          $before                           | 1 |  1 | names `$before`, and there is no such variable | Only the programs under `also` are given it.
          break $out                        | 1 |  1 | breaks out of `$out`, and there is no such label | Write `label $out ¦` before.
          @bas64                            | 1 |  1 | names `@bas64`, and there is no such format | Did you mean `@base64`?
          now                               | 1 |  1 | calls `now`, and there is no such function | Programs have no clock: a run that is resumed must compute the same.
          $ENV.HOME                         | 1 |  1 | names `$ENV`, and there is no such variable | Programs see no environment; `${NAME}` is filled in under `source` and `probes`.
          include "a"; .                    | 1 |  1 | names a module, and there are none | Write what you need into the program.
          """)
  void says_what_is_not_there(String program, int line, int column, String what, String next) {
    assertThat(faults(program.replace('¦', '|')))
        .containsExactly(new JqFault(line, column, what, next.replace('¦', '|')));
  }

  @Test
  void tells_all_at_once_each_at_its_place() {
    assertThat(
            faults(
                """
        def wrap(f): {was: f, $title};
        \t. as $doc
        | wrap($dok | lenght)
        """))
        .extracting(JqFault::line, JqFault::column)
        .containsExactlyInAnyOrder(tuple(1, 23), tuple(3, 8), tuple(3, 15));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          def f: 1; . + f                                              | 2
          def f: 1; def g: f + 1; [f] + [g] # ) and more               | [1,2]
          {a: def f: 1; f + f, b: 2}                                   | {"a":2,"b":2}
          [def f: 1; f + f, f]                                         | [2,1]
          "\\(def f: 1; f + f)!"                                       | "2!"
          if def f: 1; . == f then def g: 2; g * g else 0 end          | 4
          try def f: 1; f + f catch 0                                  | 2
          try def f: error("no"); f + f catch "caught"                 | "caught"
          def f: def g: 1; g + g; f + f                                | 4
          def f($n): if $n == 0 then 0 else $n + f($n - 1) end; f(3) + f(1) | 7
          [1, 2] ¦ map(def f: 10; . + f)                               | [11,12]
          reduce (1, 2) as $i (0; def g: $i; . + g)                    | 3
          1 as $x ¦ def f: $x; f + f ¦ . + f                           | 3
          """)
  void a_definition_is_for_all_that_follows(String program, String result) throws Exception {
    String text = program.replace('¦', '|');
    assertThat(faults(text)).isEmpty();
    JqProgram compiled = JqProgram.compile(new Program.Jq(text), JqLibrary.scope());
    assertThat(Json.write(compiled.one(Json.read("1"), Map.of()))).isEqualTo(result);
  }

  @Test
  void a_program_without_definitions_is_taken_as_it_is() {
    assertThat(JqNames.spread("# a\r\n. as $x\n\t| {$x} # b"))
        .isEqualTo("# a\r\n. as $x\n\t| {$x} # b");
    assertThat(JqNames.spread("# a\r\ndef f:\n\t1;\r. + f # b"))
        .isEqualTo("# a\r\ndef f:\n\t1;\r(. + f # b\n)");
  }

  @Test
  void what_the_library_offers_is_known() {
    for (String signature : JqLibrary.signatures()) {
      String name = signature.substring(0, signature.indexOf('/'));
      int arguments = Integer.parseInt(signature.substring(name.length() + 1));
      String call = arguments == 0 ? name : name + "(." + " ; .".repeat(arguments - 1) + ")";
      assertThat(faults(call)).as(call).isEmpty();
    }
  }
}
