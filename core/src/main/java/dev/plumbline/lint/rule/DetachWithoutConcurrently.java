package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.TableAltered;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A partition detached while everybody waits. */
final class DetachWithoutConcurrently extends ChangeRule {
  DetachWithoutConcurrently() {
    super(
        "detach-without-concurrently",
        Severity.WARNING,
        "`DETACH PARTITION` without `CONCURRENTLY`.",
        "It locks the whole partitioned table against readers and writers until the running ones are done.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof TableAltered altered)
        || !altered.subtype().equals("AT_DetachPartition")
        || altered.command().at("def").at("PartitionCmd").is("concurrent")
        || !scene.isLive(altered.table(), altered.offset())) {
      return Optional.empty();
    }
    Relation partition = Relation.of(altered.command().at("def").at("PartitionCmd").at("name"));
    return Optional.of(
        finding(
                scene.file(),
                altered,
                "all users of " + altered.table() + " wait while " + partition + " is detached")
            .instead(
                scene.alone(
                    "ALTER TABLE "
                        + altered.table().sql()
                        + " DETACH PARTITION "
                        + partition.sql()
                        + " CONCURRENTLY;")));
  }
}
