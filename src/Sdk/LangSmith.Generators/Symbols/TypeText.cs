using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LangSmith.Generators.Symbols;

/// <summary>Writes symbols as source text that means the same everywhere.</summary>
internal static class TypeText
{
    private static readonly SymbolDisplayFormat s_qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_plain = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The type with <c>global::</c>, type arguments and nullability.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(s_qualified);

    /// <summary>The type without nullability, for <c>typeof</c>.</summary>
    public static string Plain(ITypeSymbol type) => type.ToDisplayString(s_plain);

    /// <summary>A text as a literal.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A constant of an attribute as source text; an enum's value by its name, as text.</summary>
    public static string Constant(TypedConstant constant)
    {
        if (constant.IsNull || constant.Kind is TypedConstantKind.Error)
        {
            return "null";
        }

        return constant.Kind switch
        {
            TypedConstantKind.Enum => Literal(EnumName(constant) ?? constant.Value?.ToString() ?? ""),
            TypedConstantKind.Type => Literal(constant.Value is ITypeSymbol type ? type.ToDisplayString() : ""),
            TypedConstantKind.Array => $"new object?[] {{ {string.Join(", ", constant.Values.Select(Constant))} }}",
            _ => Primitive(constant.Value, constant.Type),
        };
    }

    /// <summary>The default of an optional parameter as source text.</summary>
    public static string Default(IParameterSymbol parameter)
    {
        var type = parameter.Type is INamedTypeSymbol { ConstructedFrom.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        return parameter.ExplicitDefaultValue switch
        {
            null => "default",
            var value when type.TypeKind == TypeKind.Enum => $"({Plain(type)})({Primitive(value, null)})",
            var value => Primitive(value, type),
        };
    }

    /// <summary>The text behind <c>where T :</c>; empty when there is none.</summary>
    public static string Constraints(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            parts.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            parts.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            parts.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            parts.Add("notnull");
        }

        parts.AddRange(parameter.ConstraintTypes.Select(Of));
        if (parameter.HasConstructorConstraint)
        {
            parts.Add("new()");
        }

        if (parameter.AllowsRefLikeType)
        {
            parts.Add("allows ref struct");
        }

        return string.Join(", ", parts);
    }

    /// <summary>The member name of an enum constant; null for a combination of flags.</summary>
    public static string? EnumName(TypedConstant constant) =>
        constant.Type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, constant.Value))?.Name;

    private static string Primitive(object? value, ITypeSymbol? type)
    {
        if (value is double.NaN or float.NaN)
        {
            return value is double ? "double.NaN" : "float.NaN";
        }

        if (value is double number && double.IsInfinity(number))
        {
            return number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        }

        var text = SymbolDisplay.FormatPrimitive(value!, quoteStrings: true, useHexadecimalNumbers: false) ?? "default";
        return (value, type?.SpecialType) switch
        {
            (float, _) => text + "F",
            (double, _) => text + "D",
            (decimal, _) => text + "M",
            (long, _) => text + "L",
            (ulong, _) => text + "UL",
            (uint, _) => text + "U",
            (byte, _) => $"(byte)({text})",
            (sbyte, _) => $"(sbyte)({text})",
            (short, _) => $"(short)({text})",
            (ushort, _) => $"(ushort)({text})",
            _ => text,
        };
    }
}
