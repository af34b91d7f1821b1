import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.experimental.categories.Category;
import org.junit.runner.Computer;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Runner;
import org.junit.runner.manipulation.Filter;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;
import org.junit.runners.ParentRunner;
import org.junit.runners.model.InitializationError;
import org.junit.runners.model.RunnerBuilder;
import org.junit.runners.model.RunnerScheduler;

/**
 * Runs the tests of Beam's own Java SDK that any runner must pass: {@code RunSuite TESTS_JAR ENDPOINT [CLASS …]}, all
 * classes by default. A line says of each test {@code ok NAME}, {@code skipped NAME} or {@code failed NAME: MESSAGE},
 * the last one {@code tests N}.
 */
public class RunSuite {
  /** What is asked of any runner. */
  private static final String WANTED = "ValidatesRunner";

  /** What is asked of a runner at all: also of a class without tests for any of them. */
  private static final String WANTED_ELSE = "NeedsRunner";

  /**
   * What needs another service, a container of Beam's, or a feature that the portable Java SDK lacks: its client of
   * Job services takes all metrics for attempted, committed ones too.
   */
  private static final Set<String> UNWANTED =
      Set.of(
          "UsesExternalService",
          "UsesSdkHarnessEnvironment",
          "UsesMultimapState",
          "UsesCommittedMetrics");

  private static final int THREADS = 8;

  /** A message of this size needs more memory than a test machine gives a JVM. */
  private static final Set<String> TOO_LARGE = Set.of("testLargeKeys100MB");

  /** Reads each of a hundred parts of a source for ten seconds: one after the other if a bundle has them all. */
  private static final Set<String> TOO_LONG = Set.of("testTriggeredLatestSingleton", "testTimeBound");

  /** Wants other bundles done while one of its own sleeps for half a second: says how busy the machine is. */
  private static final Set<String> TOO_HASTY =
      Set.of("testAfterProcessingTimeContinuationTriggerUsingState");

  public static void main(String[] args) throws Exception {
    System.setProperty("beamTestPipelineOptions", optionsFor(args[1]));
    Set<String> named = Set.copyOf(Arrays.asList(args).subList(2, args.length));
    Class<?>[] classes =
        classesIn(Path.of(args[0])).stream()
            .filter(c -> named.isEmpty() || named.contains(c.getSimpleName()) || named.contains(nameOf(c)))
            .toArray(Class<?>[]::new);
    JUnitCore core = new JUnitCore();
    core.addListener(new Lines());
    Request request = Request.classes(new SideBySide(), classes);
    int tests = core.run(request.filterWith(new ByCategory())).getRunCount();
    System.out.println("tests " + tests);
    // Threads of the SDK live on.
    System.exit(0);
  }

  private static String optionsFor(String endpoint) {
    return Stream.of(
            "--runner=TestUniversalRunner",
            "--jobEndpoint=" + endpoint,
            "--defaultEnvironmentType=LOOPBACK",
            "--filesToStage=" + stagedFile(),
            "--experiments=beam_fn_api")
        .map(option -> '"' + option + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** A small one: by default every job would bring the class path along, which a LOOPBACK worker has already. */
  private static String stagedFile() {
    return Path.of(RunSuite.class.getResource("RunSuite.class").getPath()).toString();
  }

  /** Those of a jar that hold a wanted test. */
  private static List<Class<?>> classesIn(Path jar) throws Exception {
    List<Class<?>> found = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
        String path = entry.getName();
        if (!path.contains("Test") || !path.endsWith(".class")) continue;
        try {
          Class<?> type = Class.forName(path.substring(0, path.length() - 6).replace('/', '.'));
          if (Stream.of(type.getMethods()).anyMatch(m -> isWanted(wantedOf(type), m))) found.add(type);
        } catch (LinkageError e) {
          // Tests of libraries that are not on the class path are no tests of runners.
        }
      }
    }
    found.removeIf(type -> Modifier.isAbstract(type.getModifiers()));
    // A class is run by one thread: the largest must not be the last.
    found.sort(Comparator.comparingLong(RunSuite::size).reversed());
    return found;
  }

  private static boolean isWanted(String wanted, Method method) {
    return isWanted(wanted, categoriesOf(method.getAnnotation(Category.class)));
  }

  private static boolean isWanted(String wanted, Set<String> categories) {
    return categories.contains(wanted) && categories.stream().noneMatch(UNWANTED::contains);
  }

  private static String wantedOf(Class<?> type) {
    boolean isForAll = Stream.of(type.getMethods()).anyMatch(m -> isWanted(WANTED, m));
    return isForAll ? WANTED : WANTED_ELSE;
  }

  private static long size(Class<?> type) {
    return Stream.of(type.getMethods()).filter(m -> isWanted(wantedOf(type), m)).count();
  }

  private static Set<String> categoriesOf(Category category) {
    if (category == null) return Set.of();
    // A category may be an extension of others.
    return Stream.of(category.value())
        .flatMap(type -> Stream.concat(Stream.of(type), Stream.of(type.getInterfaces())))
        .map(Class::getSimpleName)
        .collect(Collectors.toSet());
  }

  private static String nameOf(Class<?> type) {
    return type.getName().replaceFirst(".*\\.", "");
  }

  private static final class ByCategory extends Filter {
    @Override
    public boolean shouldRun(Description test) {
      if (!test.isTest()) return test.getChildren().stream().anyMatch(this::shouldRun);
      if (TOO_LARGE.contains(test.getMethodName())) return false;
      if (TOO_LONG.contains(test.getMethodName())) return false;
      if (TOO_HASTY.contains(test.getMethodName())) return false;
      return isWanted(wantedOf(test.getTestClass()), categoriesOf(test.getAnnotation(Category.class)));
    }

    @Override
    public String describe() {
      return WANTED;
    }
  }

  /** Clients of jobs ask every three seconds whether theirs is done, so classes wait side by side. */
  private static final class SideBySide extends Computer {
    @Override
    public Runner getSuite(RunnerBuilder builder, Class<?>[] classes) throws InitializationError {
      Runner suite = super.getSuite(builder, classes);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      ((ParentRunner<?>) suite)
          .setScheduler(
              new RunnerScheduler() {
                @Override
                public void schedule(Runnable runClass) {
                  threads.execute(runClass);
                }

                @Override
                public void finished() {
                  threads.shutdown();
                  try {
                    threads.awaitTermination(1, TimeUnit.DAYS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }
              });
      return suite;
    }
  }

  private static final class Lines extends RunListener {
    private final Map<Description, Failure> failures = new ConcurrentHashMap<>();
    private final Set<Description> skipped = ConcurrentHashMap.newKeySet();
    private final Map<Description, Long> starts = new ConcurrentHashMap<>();

    @Override
    public void testStarted(Description test) {
      starts.put(test, System.nanoTime());
    }

    @Override
    public void testFailure(Failure met) {
      failures.put(met.getDescription(), met);
    }

    @Override
    public void testAssumptionFailure(Failure met) {
      skipped.add(met.getDescription());
    }

    @Override
    public void testIgnored(Description test) {
      System.out.println("skipped " + name(test));
    }

    @Override
    public void testFinished(Description test) {
      Failure failure = failures.get(test);
      long ms = (System.nanoTime() - starts.get(test)) / 1_000_000;
      System.err.println(name(test) + " took " + ms + " ms");
      if (failure == null) {
        System.out.println((skipped.contains(test) ? "skipped " : "ok ") + name(test));
        return;
      }
      System.err.println(failure.getTrace());
      String message = String.valueOf(failure.getException()).lines().findFirst().orElse("");
      System.out.println("failed " + name(test) + ": " + message);
    }

    private static String name(Description test) {
      return nameOf(test.getTestClass()) + "." + test.getMethodName();
    }
  }
}
