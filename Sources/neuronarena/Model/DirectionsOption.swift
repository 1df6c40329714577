import ArgumentParser
import Interpretation
import TransformerEngine

/// Directions of the residual stream as they are named on the command line: `NAME@LAYER=FILE`.
struct DirectionsOption: ExpressibleByArgument, Equatable {
  /// What the set is called, as in a unit's name.
  let name: String
  /// The block before which they are read.
  let layer: Int
  /// A safetensors file with one tensor, `[hiddenSize]` or `[count, hiddenSize]`.
  let path: String

  init?(argument: String) {
    guard let place = PlacedFile(argument: argument), place.facts.isEmpty, let name = place.name,
      let layer = place.layer
    else { return nil }
    (self.name, self.layer, path) = (name, layer, place.path)
  }

  /// Reads them.
  func open(for model: LanguageModel) throws -> DirectionSet {
    let file = try SafetensorsFile(path: path)
    let size = model.configuration.hiddenSize
    guard file.tensors.count == 1, let tensor = file.tensors.values.first,
      (1...2).contains(tensor.shape.count), tensor.shape.last == size
    else {
      throw ValidationError("\(path) must hold one tensor of rows of \(size) numbers")
    }
    guard (0...model.configuration.layerCount).contains(layer) else {
      throw ValidationError("\(name) is of layer \(layer), which the model lacks")
    }
    let values = try file.floats(of: tensor)
    guard values.allSatisfy(\.isFinite) else {
      throw ValidationError("\(path) holds numbers that are none")
    }
    let vectors = stride(from: 0, to: values.count, by: size).map { Array(values[$0..<$0 + size]) }
    return DirectionSet(name: name, layer: layer, vectors: vectors)
  }
}
