package dev.plumbline.parser;

/** The build had no npm, and so no parser to bring along. The message has three lines. */
public final class ParserUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ParserUnavailableException() {
    super(
        """
        PostgreSQL's parser is not part of this build of Plumbline: npm was missing or failed when it was built.
        Nothing was parsed and nothing was changed.
        Install Node.js, which brings npm, and build again: ./mvnw -Dmaven.test.skip=true package""");
  }
}
