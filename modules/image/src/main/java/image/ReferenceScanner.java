package image;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * Finds the types that the code of a jar's classes can refer to.
 *
 * <p>The scan covers all references that the JVM may have to load: supertypes, the descriptors of fields and methods,
 * the owners of members, and the operands of instructions. It ignores information that only compilers use, above all
 * annotations. It also ignores the {@code InnerClasses} attribute, which lists nested types of annotations that no code
 * uses.
 */
final class ReferenceScanner {

    private boolean declarationsOnly = true;
    private final TouchedTypes touched = new TouchedTypes();
    private final Set<String> inherited = new HashSet<>();
    private final Set<String> abstractTypes = new HashSet<>();
    private final Set<String> classConstants = new HashSet<>();
    private boolean loadsServices;
    private boolean loadsNativeCode;

    private ReferenceScanner() {}

    /** Scans the classes that this JDK would load from the jar. Classes for its release replace the general ones. */
    static Findings scan(Path jar) throws IOException {
        ReferenceScanner scanner = new ReferenceScanner();
        try (JarFile file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            for (var entry : file.versionedStream().toList()) {
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                    try (var in = file.getInputStream(entry)) {
                        scanner.scan(ClassFile.of().parse(in.readAllBytes()));
                    } catch (IllegalArgumentException e) {
                        // The JDK throws this for an invalid class file.
                        throw new ImageException(
                                entry.getName() + " in " + jar.getFileName() + " is damaged: " + e.getMessage(),
                                "Fetch or build the jar again.");
                    }
                }
            }
        }
        return new Findings(
                scanner.declarationsOnly,
                scanner.touched.packages(),
                scanner.inherited,
                scanner.abstractTypes,
                scanner.classConstants,
                scanner.loadsServices,
                scanner.loadsNativeCode);
    }

    private void scan(ClassModel type) {
        classify(type);
        type.superclass().ifPresent(this::inherit);
        type.interfaces().forEach(this::inherit);
        type.fields().forEach(field -> touched.add(field.fieldTypeSymbol()));
        type.constantPool().forEach(this::scan);
        type.methods().forEach(this::scan);
    }

    private void classify(ClassModel type) {
        ClassDesc self = type.thisClass().asSymbol();
        boolean declaration =
                type.flags().has(AccessFlag.INTERFACE) || type.flags().has(AccessFlag.ENUM);
        // For a nested type, the enclosing type decides.
        declarationsOnly &= declaration || self.displayName().contains("$");
        if (type.flags().has(AccessFlag.ABSTRACT) && !type.flags().has(AccessFlag.ANNOTATION)) {
            abstractTypes.add(TouchedTypes.name(self));
        }
    }

    private void scan(PoolEntry entry) {
        switch (entry) {
            case MemberRefEntry member -> scan(member);
            case NameAndTypeEntry member -> touched.addDescriptor(member.type().stringValue());
            case MethodTypeEntry method -> touched.add(method.asSymbol());
            default -> {}
        }
    }

    private void scan(MemberRefEntry member) {
        touched.add(member.owner());
        String owner = member.owner().asInternalName();
        String name = member.name().stringValue();
        loadsServices |= owner.equals("java/util/ServiceLoader") && name.startsWith("load");
        loadsNativeCode |= owner.equals("java/lang/System") && (name.equals("load") || name.equals("loadLibrary"));
    }

    private void scan(MethodModel method) {
        touched.add(method.methodTypeSymbol());
        method.code().ifPresent(code -> code.forEach(this::scan));
    }

    private void scan(CodeElement element) {
        switch (element) {
            case LoadConstantInstruction load
            when load.constantEntry() instanceof ClassEntry type -> {
                touched.add(type);
                classConstants.add(TouchedTypes.name(type.asSymbol()));
            }
            case TypeCheckInstruction check -> touched.add(check.type());
            case NewObjectInstruction object -> touched.add(object.className());
            case NewReferenceArrayInstruction array -> touched.add(array.componentType());
            case NewMultiArrayInstruction array -> touched.add(array.arrayType());
            case ExceptionCatch handler -> handler.catchType().ifPresent(touched::add);
            default -> {}
        }
    }

    private void inherit(ClassEntry type) {
        touched.add(type);
        inherited.add(type.asSymbol().packageName());
    }
}
