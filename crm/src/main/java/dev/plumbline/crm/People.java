package dev.plumbline.crm;

import java.util.List;

/** Names of contacts, and an address for each at a domain that belongs to nobody. */
final class People {
  private record Name(String written, String plain) {
    static Name of(String plain) {
      return new Name(plain, plain);
    }
  }

  private static final List<Name> FIRST =
      List.of(
          Name.of("Ada"),
          Name.of("Grace"),
          Name.of("Alan"),
          new Name("Zoë", "Zoe"),
          Name.of("Katherine"),
          new Name("Łukasz", "Lukasz"),
          Name.of("Edsger"),
          new Name("Émilie", "Emilie"),
          Name.of("Barbara"),
          new Name("Åsa", "Asa"),
          Name.of("Dennis"),
          new Name("秀英", "Xiuying"),
          Name.of("Margaret"),
          new Name("Ольга", "Olga"),
          Name.of("Tim"),
          new Name("فاطمة", "Fatima"));

  private static final List<Name> LAST =
      List.of(
          Name.of("Lovelace"),
          Name.of("Hopper"),
          Name.of("Turing"),
          new Name("Müller", "Mueller"),
          Name.of("Johnson"),
          new Name("Wiśniewski", "Wisniewski"),
          Name.of("Dijkstra"),
          new Name("du Châtelet", "du.Chatelet"),
          Name.of("O'Neil"),
          new Name("Ångström", "Angstrom"),
          new Name("王", "Wang"),
          new Name("Ладыженская", "Ladyzhenskaya"),
          Name.of("Hamilton"));

  private People() {}

  static String firstName(int position) {
    return FIRST.get(position % FIRST.size()).written();
  }

  static String lastName(int position) {
    return LAST.get(position % LAST.size()).written();
  }

  static String email(int position) {
    String name =
        FIRST.get(position % FIRST.size()).plain() + "." + LAST.get(position % LAST.size()).plain();
    return name.toLowerCase(java.util.Locale.ROOT).replace("'", "")
        + "+"
        + position
        + "@example.org";
  }
}
