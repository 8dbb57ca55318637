package dev.plumbline.parser;

import dev.plumbline.parser.PgQuery.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import run.endive.wasm.WasmEngineException;

/**
 * Reads SQL as PostgreSQL 18 does, with PostgreSQL's own code. Needs no server.
 *
 * <p>May be used by any number of threads, and best be made once: each thread at work takes an
 * instance of the module, which takes 40 MB of heap, and puts it back.
 */
public final class PostgresParser {
  /** An instance that a large text has made grow beyond this is not kept; it begins with 37 MB. */
  private static final long KEPT_BYTES = 64L << 20;

  private final ConcurrentLinkedQueue<PgQuery> idle = new ConcurrentLinkedQueue<>();

  /** Whether this build has the parser; if not, every call says what to do. */
  public static boolean isAvailable() {
    return PgQueryNames.load().isPresent();
  }

  /**
   * Takes a text apart into its statements. A statement that PostgreSQL would refuse becomes an
   * error; the others come all the same. Commands for psql are reported, and the data of {@code
   * COPY … FROM stdin} is passed over.
   *
   * @throws ParserUnavailableException if the build had no npm
   */
  public Parsed parse(String sql) {
    PsqlScript script = PsqlScript.read(sql);
    return new ScriptParser(script, this::answer).parse();
  }

  /**
   * The same for many texts, in their order. Two threads share the work: more would not fit into a
   * small heap.
   *
   * @throws ParserUnavailableException if the build had no npm
   */
  public List<Parsed> parseAll(List<String> texts) {
    Parsed[] parsed = new Parsed[texts.size()];
    AtomicInteger next = new AtomicInteger();
    IntStream.range(0, 2)
        .parallel()
        .forEach(
            thread -> {
              for (int i = next.getAndIncrement(); i < parsed.length; i = next.getAndIncrement()) {
                parsed[i] = parse(texts.get(i));
              }
            });
    return List.of(parsed);
  }

  /**
   * Takes the body of a {@code DO} or of a function in PL/pgSQL apart.
   *
   * @throws IllegalArgumentException if the text is not one such statement
   * @throws ParserUnavailableException if the build had no npm
   */
  public Plpgsql parsePlpgsql(String createFunctionOrDo) {
    Parsed parsed = parse(createFunctionOrDo);
    if (!parsed.errors().isEmpty()) {
      return new Plpgsql.Broken(parsed.errors().getFirst());
    }
    if (parsed.statements().size() != 1) {
      throw new IllegalArgumentException("Not one statement, but " + parsed.statements().size());
    }
    return parsePlpgsql(parsed.statements().getFirst());
  }

  /**
   * Takes the body of a {@code DO} or of a function in PL/pgSQL apart.
   *
   * @throws IllegalArgumentException unless {@link Statement#isPlpgsql()}
   * @throws ParserUnavailableException if the build had no npm
   */
  public Plpgsql parsePlpgsql(Statement statement) {
    if (!statement.isPlpgsql()) {
      throw new IllegalArgumentException(statement.kind() + " has no body in PL/pgSQL");
    }
    return switch (use(parser -> parser.parsePlpgsql(statement.text()))) {
      case Answer.Json json ->
          new Plpgsql.Body(
              new TreeReader()
                  .read(json.text(), offset -> offset)
                  .at("plpgsql_funcs")
                  .items()
                  .getFirst()
                  .at("PLpgSQL_function"));
      case Answer.Error error ->
          new Plpgsql.Broken(new SyntaxError(error.message(), Position.of(statement.text(), 0)));
    };
  }

  /**
   * The tokens of a text, comments among them; psql's commands and COPY's data are left out.
   *
   * @return empty if the text has a quote or a comment without end
   * @throws ParserUnavailableException if the build had no npm
   */
  public Optional<List<Token>> scan(String sql) {
    String text = PsqlScript.read(sql).sql();
    if (text.isEmpty()) {
      return Optional.of(List.of());
    }
    if (text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return switch (use(parser -> parser.scan(text))) {
      case Answer.Json json -> Optional.of(tokens(text, json));
      case Answer.Error error -> Optional.empty();
    };
  }

  private static List<Token> tokens(String text, Answer.Json json) {
    Utf8Offsets offsets = new Utf8Offsets(text);
    List<Token> tokens = new ArrayList<>();
    for (Node token : new TreeReader().read(json.text(), offset -> offset).at("tokens").items()) {
      int start = offsets.charAt(token.at("start").number().orElse(0));
      int end = offsets.charAt(token.at("end").number().orElse(0));
      String kind = token.text("tokenName");
      tokens.add(
          new Token(start, end, kind, token.text("keywordName"), text.substring(start, end)));
    }
    return List.copyOf(tokens);
  }

  /** How many instances wait to be used again. */
  int idling() {
    return idle.size();
  }

  private Answer answer(String sql) {
    return use(parser -> parser.parse(sql));
  }

  /**
   * Lends an instance. One that has failed is thrown away, since its memory may be in disorder; the
   * work is then tried once more with a large stack, as most failures are deeply nested statements.
   */
  private Answer use(Function<PgQuery, Answer> work) {
    try {
      return lend(work);
    } catch (HostFunctions.Aborted | WasmEngineException e) {
      return DeepStack.call(() -> useOnce(work));
    }
  }

  private Answer useOnce(Function<PgQuery, Answer> work) {
    try {
      return lend(work);
    } catch (HostFunctions.Aborted | WasmEngineException e) {
      return new Answer.Error("too much for PostgreSQL's parser: " + e.getMessage(), 0);
    }
  }

  private Answer lend(Function<PgQuery, Answer> work) {
    PgQuery idling = idle.poll();
    PgQuery parser = idling == null ? PgQuery.start() : idling;
    Answer answer = work.apply(parser);
    if (parser.bytes() <= KEPT_BYTES) {
      idle.add(parser);
    }
    return answer;
  }
}
