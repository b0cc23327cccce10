package image;

import java.util.Set;

/**
 * The types and references found in the classes of one jar. The names of types and packages are those of the source,
 * with a dollar sign for nested types.
 *
 * @param declarationsOnly whether all top-level types are annotations, interfaces or enums; true if there are no types
 * @param packages the packages of all types that the jar's code can refer to, including its own
 * @param inherited the packages of the types that the jar's types extend or implement
 * @param abstractTypes the jar's interfaces and abstract classes, which can be services; annotations are not included
 * @param classConstants the types whose class literals the jar's code contains
 * @param loadsServices whether the jar calls {@link java.util.ServiceLoader}
 * @param loadsNativeCode whether the jar loads a native library
 */
record Findings(
        boolean declarationsOnly,
        Set<String> packages,
        Set<String> inherited,
        Set<String> abstractTypes,
        Set<String> classConstants,
        boolean loadsServices,
        boolean loadsNativeCode) {

    Findings {
        packages = Set.copyOf(packages);
        inherited = Set.copyOf(inherited);
        abstractTypes = Set.copyOf(abstractTypes);
        classConstants = Set.copyOf(classConstants);
    }
}
