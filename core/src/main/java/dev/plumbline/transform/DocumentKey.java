package dev.plumbline.transform;

import dev.plumbline.dialect.Key;
import java.util.List;

/** How the id of an image and the key by which the journal names a document belong together. */
enum DocumentKey {
  /** A row of a table: the image's id is the key as the journal writes it. */
  ROW {
    @Override
    Key key(String id) {
      return Key.fromJson(id);
    }

    @Override
    String id(Key key) {
      return key.toJson();
    }

    @Override
    String label(String id) {
      return key(id).flag();
    }
  },
  /** A document outside of a database: its id is the one value of the key. */
  ID {
    @Override
    Key key(String id) {
      return new Key(List.of(id));
    }

    @Override
    String id(Key key) {
      return key.values().getFirst();
    }

    @Override
    String label(String id) {
      return id;
    }
  };

  abstract Key key(String id);

  abstract String id(Key key);

  /** What people call the document of an image, and give as {@code --key}. */
  abstract String label(String id);
}
