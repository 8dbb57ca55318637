package dev.plumbline.run;

import java.time.Duration;

/** Two listeners, both of which hear everything. */
record Both(Listener one, Listener other) implements Listener {

  @Override
  public void committed(long rows, Duration took) {
    one.committed(rows, took);
    other.committed(rows, took);
  }

  @Override
  public void quarantined(String error) {
    one.quarantined(error);
    other.quarantined(error);
  }

  @Override
  public void retrying(String why, Duration pause) {
    one.retrying(why, pause);
    other.retrying(why, pause);
  }

  @Override
  public void holding(String why) {
    one.holding(why);
    other.holding(why);
  }

  @Override
  public void state(RunState state) {
    one.state(state);
    other.state(state);
  }
}
