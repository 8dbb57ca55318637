package dev.plumbline.transform;

import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.source.DocumentSource.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The fresh look at documents outside of a database, at the end of a run: every one is read and
 * examined again. Safe for several threads.
 */
final class RemoteLook {
  private final Examiner examiner;
  private final Function<List<Document>, Set<String>> done;
  private final Map<String, String> givenUp;
  private final Findings findings = new Findings();
  private final List<String> left = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param done the ids of those of some documents that may not be transformed again
   * @param givenUp what was set aside, and why, by id
   */
  RemoteLook(
      Examiner examiner, Function<List<Document>, Set<String>> done, Map<String, String> givenUp) {
    this.examiner = examiner;
    this.done = done;
    this.givenUp = Map.copyOf(givenUp);
  }

  void page(Page page) {
    page.unreadable().forEach(one -> findings.fail(one.id(), one.what()));
    Set<String> before = done.apply(page.documents());
    for (Document document : page.documents()) {
      look(
          document.id(),
          before.contains(document.id())
              ? new Examination.Unchanged()
              : examiner.examine(document));
    }
  }

  private void look(String id, Examination now) {
    String why = givenUp.get(id);
    if (now instanceof Examination.Transformed && why != null) {
      findings.fail(id, why);
      return;
    }
    findings.add(id, now);
    if (now instanceof Examination.Transformed) {
      left.add(id);
    }
  }

  Findings findings() {
    return findings;
  }

  /** Documents that a further pass may transform. */
  List<String> left() {
    return List.copyOf(left);
  }
}
