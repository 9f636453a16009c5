package net.openhft.chronicle.values;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import javax.tools.ToolProvider;

/**
 * Generates {@code X$$Native} and {@code X$$Heap} for value interfaces, which {@link ValueModel}
 * would otherwise compile when they are first used. Run by the build, never by a node.
 */
public final class GenerateValues {
  private GenerateValues() {}

  /**
   * Writes the sources and compiles them.
   *
   * @param arguments the directory for sources, the directory for classes, then the interfaces'
   *     names
   */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    Path sources = Path.of(arguments[0]);
    var files = new ArrayList<String>();
    for (String name : List.of(arguments).subList(2, arguments.length)) {
      Class<?> type = Class.forName(name);
      files.add(write(sources, type, "Native", Generators::generateNativeClass));
      files.add(write(sources, type, "Heap", Generators::generateHeapClass));
    }
    var options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", arguments[1]));
    // A build on a newer JDK must run on an older one; --release would hide the JDK that is needed.
    options.addAll(List.of("-source", "17", "-target", "17"));
    options.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    options.addAll(List.of("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"));
    options.addAll(files);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, System.err, options.toArray(new String[0]));
    if (status != 0) {
      throw new IllegalStateException("the generated value classes do not compile: " + files);
    }
  }

  private static String write(
      Path sources, Class<?> type, String kind, BiFunction<ValueModel, String, String> generator)
      throws IOException {
    ValueModel model = ValueModel.acquire(type);
    String name = model.simpleName() + "$$" + kind;
    Path file = sources.resolve(type.getPackageName().replace('.', '/')).resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, generator.apply(model, name));
    return file.toString();
  }
}
