package dev.plumbline.testkit;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Makes each database only when its turn comes. */
final class EachDatabase implements ArgumentsProvider {
  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return Stream.<Supplier<TestDatabase>>of(
            () -> TestDatabase.postgres(PostgresVersion.OLDEST),
            () -> TestDatabase.postgres(PostgresVersion.NEWEST),
            TestDatabase::sqlite)
        .map(database -> Arguments.of(database.get()));
  }
}
