package dev.plumbline.cli;

import dev.plumbline.transform.DocumentsJournal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A run as people name it.
 *
 * @param documents whether it is in the journal of documents outside of a database
 */
record RunReference(boolean documents, long id) {
  private static final Pattern FORM =
      Pattern.compile("(" + DocumentsJournal.PREFIX + "?)([1-9][0-9]{0,17})");

  @Override
  public String toString() {
    return (documents ? DocumentsJournal.PREFIX : "") + id;
  }

  /** Reads such as {@code 7} and {@code d7}. */
  static final class Reading implements ITypeConverter<RunReference> {
    @Override
    public RunReference convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException("`" + text + "` is no run; they are named 7 or d7");
      }
      return new RunReference(!form.group(1).isEmpty(), Long.parseLong(form.group(2)));
    }
  }
}
