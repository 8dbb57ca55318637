package dev.plumbline.crm;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets the learner change records. Safe for several threads. */
final class Study {
  private final Store store;
  private final AtomicInteger marks = new AtomicInteger();
  private final Set<Long> done = ConcurrentHashMap.newKeySet();
  private volatile Learning learning;

  Study(Store store, Learning learning) {
    this.store = store;
    this.learning = learning;
  }

  /** From now on other records are changed, or at other moments; each of them once again. */
  void follow(Learning other) {
    learning = other;
    done.clear();
  }

  void after(Learning.Moment moment, Table table, CrmRecord record) {
    Learning now = learning;
    if (now.moment() == moment && now.picks(record.id()) && done.add(record.id())) {
      change(now.learner(), table, record.id());
    }
  }

  /** Lets a learner change a record now, and tells what was changed. */
  Optional<Change> change(Learner learner, Table table, long id) {
    String mark = "learned-%06d".formatted(marks.incrementAndGet());
    return store.learn(table, id, learner, mark);
  }
}
