package org.stockbazaar.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NameIndexTest {
  private static final String LETTERS = "AZaz09._-";

  private static String name(Random random) {
    var name = new StringBuilder();
    int length = 1 + random.nextInt(random.nextBoolean() ? 3 : 40);
    for (int i = 0; i < length; i++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return name.toString();
  }

  @Test
  void keepsTheOrderOfATree() {
    var random = new Random(7);
    var index = new NameIndex();
    var tree = new TreeSet<String>();
    for (int i = 0; i < 20_000; i++) {
      String name = name(random);
      index.add(name);
      tree.add(name);
      if (i % 100 == 0) {
        String behind = random.nextBoolean() ? name(random) : name;
        int limit = 1 + random.nextInt(1_000);
        assertThat(index.after(behind, limit))
            .isEqualTo(tree.tailSet(behind, false).stream().limit(limit).toList());
      }
    }
    assertThat(index.size()).isEqualTo(tree.size());
    assertThat(index.after("", Integer.MAX_VALUE)).isEqualTo(List.copyOf(tree));
  }
}
