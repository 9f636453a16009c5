package org.stockbazaar.bench.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The whole system with a bug in it: all of its classes once more, those of one source file
 * compiled from what {@link Bug} makes of it. So the services' own code needs no switches.
 */
final class Planted extends ClassLoader {
  private static final String OURS = "org.stockbazaar.";

  private final Map<String, byte[]> compiled;
  private final Bug bug;
  private final Method violation;

  Planted(Bug bug) throws IOException, ReflectiveOperationException {
    super(Planted.class.getClassLoader());
    this.bug = bug;
    compiled = compile(bug);
    if (!compiled.containsKey(bug.className())) {
      throw new AssertionError(bug + " was not compiled");
    }
    violation =
        loadClass(Simulation.class.getName())
            .getDeclaredMethod("violation", long.class, String.class);
    violation.setAccessible(true);
  }

  /** What the simulation of this seed finds, null for nothing. */
  String violation(long seed) throws ReflectiveOperationException {
    return (String) violation.invoke(null, seed, bug.theme.name());
  }

  // ---- classes ---------------------------------------------------------------------------------

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!name.startsWith(OURS)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = compiled.containsKey(name) ? compiled.get(name) : original(name);
    return defineClass(name, bytes, 0, bytes.length, Planted.class.getProtectionDomain());
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- compiling -------------------------------------------------------------------------------

  private static Map<String, byte[]> compile(Bug bug) throws IOException {
    // Tests run in the directory of their module.
    String source = bug.plantIn(Files.readString(Path.of("..", bug.path)));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var files = new FilesInMemory(compiler.getStandardFileManager(null, null, null))) {
      var options =
          List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
      var units = List.of(new Source(bug.className(), source));
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        throw new AssertionError(bug + " does not compile:\n" + messages);
      }
      return files.classes();
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class FilesInMemory
      extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

    FilesInMemory(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        javax.tools.FileObject sibling) {
      var bytes = new ByteArrayOutputStream();
      written.put(className, bytes);
      return new SimpleJavaFileObject(
          URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }

    Map<String, byte[]> classes() {
      var classes = new TreeMap<String, byte[]>();
      written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }
  }
}
