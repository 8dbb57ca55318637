package dev.plumbline.cli.demo;

import dev.plumbline.crm.Change;
import dev.plumbline.crm.Contacts;
import dev.plumbline.crm.Content;
import dev.plumbline.crm.Crm;
import dev.plumbline.crm.CrmSettings;
import dev.plumbline.crm.Learning;
import dev.plumbline.crm.Learning.Moment;
import dev.plumbline.crm.ProgressLearner;
import dev.plumbline.crm.RateLimits;
import dev.plumbline.crm.Traffic;
import dev.plumbline.error.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Case 4: the learning progress in the contacts of a CRM gets another shape. */
record HierarchicalProgress(Example example) implements Scene {
  private static final String TRANSFORM = "hierarchical-progress";
  private static final String CONTACTS = "contacts";
  private static final int COUNT = 5_000;
  private static final int SEED = 4;
  private static final int REQUESTS = 1_900;

  @Override
  public void play(Stage stage) {
    stage.title("hierarchical-progress: documents behind an API get another shape");
    stage.say(
        """
        5,000 contacts of a CRM carry their learning progress as one JSON text each. It is kept by pathway
        and module, and is to be kept by pathway, course and module. There is no transaction around
        5,000 documents behind HTTP, and learners go on learning meanwhile.""");
    stage.loadFiles(example);
    RateLimits limits =
        RateLimits.professional()
            .withRequests(REQUESTS, Duration.ofSeconds(10))
            .withSearchesPerSecond(50);
    try (Crm crm = Crm.start(CrmSettings.standard().withLimits(limits))) {
      Contacts contacts =
          Contacts.of(Content.read(example.files().resolve("content")), COUNT, SEED);
      contacts.fill(crm);
      stage.say(
          """
          The CRM is a stand-in within this process, at %s, with HubSpot's requests, errors and limits: 100 contacts in a
          request, and so many requests in 10 seconds; one more is refused. Here that is %,d, ten times of what an account
          is allowed, so that nobody has to wait. The commands below find all that in their environment: CRM_URL,
          CRM_TOKEN, CRM_REQUESTS_PER_10_SECONDS."""
              .formatted(crm.uri(), REQUESTS));
      new Play(stage, crm, contacts).play();
    }
  }

  /** What is played while the CRM is up. */
  private final class Play {
    private final Stage stage;
    private final Crm crm;
    private final List<Long> learners;

    Play(Stage stage, Crm crm, Contacts contacts) {
      this.stage = stage;
      this.crm = crm;
      this.learners = contacts.ids(Contacts.Kind.HIERARCHICAL);
    }

    void play() {
      look();
      write();
      learnMeanwhile();
      takeBack();
      carryBack();
    }

    private void plumb(ExitCode expected, String... arguments) {
      stage.run(
          example,
          Map.of(
              "CRM_URL", crm.uri().toString(),
              "CRM_TOKEN", crm.token(),
              "CRM_REQUESTS_PER_10_SECONDS", String.valueOf(REQUESTS)),
          expected,
          arguments);
    }

    private void look() {
      stage.say(
          """
          transforms/hierarchical-progress.yaml says where the documents are, how one is transformed (a jq program), and
          what must be found again in the result. Without --commit every document is read, transformed and
          proven, and none is written:""");
      plumb(ExitCode.FAILED, "transform", TRANSFORM);
      stage.say(
          """
          50 contacts have progress in a module that no course lists any more. A script would have dropped it in
          silence; here their documents stay as they are, and the exit code says 2. The others can be written:""");
    }

    private void write() {
      crm.learning(new Learning(0.01, SEED, Moment.AFTER_LIST, new ProgressLearner()));
      plumb(ExitCode.FAILED, "transform", TRANSFORM, "--commit");
      crm.learning(Learning.none());
      List<Change> meanwhile = learned().toList();
      requireAll(meanwhile);
      Traffic traffic = crm.traffic();
      stage.say(
          """
          Meanwhile %d learners went on, each right after the run had read their contact. All that they did is
          there, in the new shape where the contact has it: right before it writes, the run reads again, and
          computes anew what has changed. Of %d requests so far the CRM refused %d as too many."""
              .formatted(meanwhile.size(), traffic.requests(), traffic.tooMany()));
    }

    private Stream<Change> learned() {
      return crm.changes().stream().filter(change -> change.by() == Change.By.LEARNER);
    }

    private void requireAll(List<Change> changes) {
      stage.require(
          changes.stream().allMatch(this::isThere), "Something that a learner did is lost.");
    }

    private boolean isThere(Change change) {
      return crm.find(CONTACTS, change.id())
          .flatMap(record -> record.text(Contacts.PROGRESS))
          .filter(text -> text.contains(change.mark()))
          .isPresent();
    }

    private void learnMeanwhile() {
      for (long id : learners.subList(0, 2)) {
        crm.learn(CONTACTS, id, new ProgressLearner());
      }
      stage.say(
          """
          A day later it is to be taken back after all. Two learners, contacts %d and %d, have gone on in the new
          shape by then."""
              .formatted(learners.get(0), learners.get(1)));
    }

    private void takeBack() {
      plumb(ExitCode.WARNING, "rollback", "d1");
      plumb(ExitCode.WARNING, "rollback", "d1", "--commit");
      stage.say(
          """
          2,298 contacts have their old text again, character by character. The two are conflicts: putting their old
          text back would lose what they have learned since. The transform also declares its inverse, so what has
          changed can be carried back into the old shape:""");
    }

    private void carryBack() {
      plumb(ExitCode.OK, "rollback", "d1", "--merge", "--commit");
      requireAll(learned().toList());
      stage.say(
          """
          The stand-in ends here, with its contacts; it is part of this demo, and there is no command
          to start it. What the runs did stays in the project.""");
    }
  }
}
