package dev.plumbline.dialect;

import java.util.List;

/**
 * Statements that write texts into rows and keep how they were and what they became as images of
 * documents. A row that is not as it was read is left alone.
 */
public sealed interface TextWriting {

  /**
   * All rows at once.
   *
   * @param statement returns one text for each row that it wrote: its key
   */
  record AtOnce(Sql statement) implements TextWriting {}

  /**
   * Row by row: each list holds one statement for each row, in their order, and a row that one list
   * did not touch is left out of the next.
   *
   * @param keep enters the image of a row that is as it was read
   * @param write writes it
   * @param note enters what it became, where a trigger may have had its say; else empty
   */
  record OneByOne(List<Sql> keep, List<Sql> write, List<Sql> note) implements TextWriting {
    public OneByOne {
      keep = List.copyOf(keep);
      write = List.copyOf(write);
      note = List.copyOf(note);
    }
  }
}
