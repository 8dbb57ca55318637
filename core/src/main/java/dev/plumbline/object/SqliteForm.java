package dev.plumbline.object;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.Origin;
import dev.plumbline.claim.SqliteClaims;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.error.Problem;
import dev.plumbline.object.Wanted.ClaimWanted;
import dev.plumbline.object.Wanted.ClaimWanted.Sort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be told of one of SQLite's statements before it is run. */
final class SqliteForm {
  private static final String TAKEN =
      "Write CREATE TABLE, INDEX, TRIGGER or VIEW; ALTER TABLE with ADD, DROP or RENAME; or DROP of"
          + " one of these.";

  private SqliteForm() {}

  static Optional<ClaimWanted> read(Fragment fragment, List<Problem> problems) {
    SqliteClaims fold = new SqliteClaims();
    fold.add(List.of(new Origin("", 0, fragment.text())));
    List<Claim> claims = fold.standing();
    if (claims.isEmpty()) {
      problems.add(
          new Problem(
              fragment.start(), PostgresForm.UNCLAIMED, fragment.text(), Optional.of(TAKEN)));
      return Optional.empty();
    }
    Sort sort = sort(fragment.text(), claims);
    return Optional.of(
        new ClaimWanted(
            fragment,
            claims,
            sort,
            false,
            false,
            sort == Sort.RENAME ? "it has a new name: rename it by hand" : "",
            sort == Sort.DROP ? Dropped.notes(claims) : List.of()));
  }

  /** A rename claims two things: that one is there, and that the other is not. */
  private static Sort sort(String sql, List<Claim> claims) {
    SqlScan scan = SqlScan.of(sql);
    boolean creates = scan.text(scan.code().getFirst()).toLowerCase(Locale.ROOT).equals("create");
    boolean absent = claims.stream().anyMatch(Claim.Absent.class::isInstance);
    if (creates) {
      return Sort.CREATE;
    }
    return !absent ? Sort.ALTER : claims.size() > 1 ? Sort.RENAME : Sort.DROP;
  }
}
