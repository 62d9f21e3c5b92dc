// Draws triangles and points with WebGL. One hidden canvas draws for all tiles, because browsers allow few contexts.

const vertexShader = `#version 300 es
in vec3 position;
in vec3 normal;
in vec3 color;
uniform vec3 center;
uniform vec2 yaw;
uniform vec2 pitch;
uniform vec2 scale;
uniform vec2 shift;
uniform float size;
out vec3 shade;
out vec3 turned;
vec3 turn(vec3 p) {
  vec3 q = vec3(yaw.x * p.x + yaw.y * p.z, p.y, yaw.x * p.z - yaw.y * p.x);
  return vec3(q.x, pitch.x * q.y - pitch.y * q.z, pitch.y * q.y + pitch.x * q.z);
}
void main() {
  vec3 p = turn(position - center);
  turned = turn(normal);
  shade = color;
  gl_Position = vec4(p.xy * scale + shift, -p.z * min(scale.x, scale.y) * 0.3, 1.0 );
  gl_Position.z = clamp(gl_Position.z, -0.999, 0.999);
  gl_PointSize = size;
}`;

const fragmentShader = `#version 300 es
precision highp float;
in vec3 shade;
in vec3 turned;
uniform bool points;
out vec4 result;
void main() {
  if (points) {
    if (length(gl_PointCoord - 0.5) > 0.5) discard;
    result = vec4(shade, 1.0);
  } else {
    // Light from the viewer, a little from above; both sides are lit.
    vec3 n = normalize(turned);
    float light = 0.3 + 0.7 * abs(dot(n, normalize(vec3(0.25, 0.45, 1.0))));
    result = vec4(shade * light, 1.0);
  }
}`;

let shared;

/** The renderer, or null where there is no WebGL: { render(mesh, camera, width, height, color) → canvas, forget(mesh) }. */
export function renderer() {
  shared ??= create();
  return shared;
}

function create() {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2', { antialias: true, alpha: true, preserveDrawingBuffer: true });
  if (gl === null) {
    return null;
  }
  const program = link(gl);
  const uniform = name => gl.getUniformLocation(program, name);
  const uniforms = Object.fromEntries(['center', 'yaw', 'pitch', 'scale', 'shift', 'size', 'points'].map(name => [name, uniform(name)]));
  const kept = new Map();

  function upload(mesh, color) {
    const buffers = { vertices: gl.createVertexArray(), all: [] };
    gl.bindVertexArray(buffers.vertices);
    const attribute = (name, data, count, type, normalized) => {
      const at = gl.getAttribLocation(program, name);
      const buffer = gl.createBuffer();
      buffers.all.push(buffer);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, count, type, normalized, 0, 0);
    };
    attribute('position', mesh.vertices, 3, gl.FLOAT, false);
    attribute('normal', mesh.normals, 3, gl.FLOAT, false);
    attribute('color', mesh.colors ?? repeated(color, mesh.vertices.length / 3), 3, gl.UNSIGNED_BYTE, true);
    if (mesh.faces !== null) {
      const buffer = gl.createBuffer();
      buffers.all.push(buffer);
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.faces, gl.STATIC_DRAW);
    }
    gl.bindVertexArray(null);
    return buffers;
  }

  return {
    render(mesh, camera, width, height, color) {
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      let buffers = kept.get(mesh);
      if (buffers === undefined || (mesh.colors === null && buffers.color !== String(color))) {
        this.forget(mesh);
        buffers = upload(mesh, color);
        buffers.color = String(color);
        kept.set(mesh, buffers);
      }
      const unit = Math.min(width, height) * 0.46 * camera.zoom / mesh.radius;
      const ratio = devicePixelRatio || 1;
      gl.viewport(0, 0, width, height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.enable(gl.DEPTH_TEST);
      gl.useProgram(program);
      gl.uniform3fv(uniforms.center, mesh.center);
      gl.uniform2f(uniforms.yaw, Math.cos(camera.yaw), Math.sin(camera.yaw));
      gl.uniform2f(uniforms.pitch, Math.cos(camera.pitch), Math.sin(camera.pitch));
      gl.uniform2f(uniforms.scale, unit * 2 / width, unit * 2 / height);
      gl.uniform2f(uniforms.shift, camera.x * ratio * 2 / width, -camera.y * ratio * 2 / height);
      gl.uniform1f(uniforms.size, Math.max(2, Math.min(12, 2.2 * ratio * Math.sqrt(camera.zoom) * Math.max(1, 60 / Math.sqrt(mesh.vertices.length)))));
      gl.uniform1i(uniforms.points, mesh.faces === null ? 1 : 0);
      gl.bindVertexArray(buffers.vertices);
      if (mesh.faces === null) {
        gl.drawArrays(gl.POINTS, 0, mesh.vertices.length / 3);
      } else {
        gl.drawElements(gl.TRIANGLES, mesh.faces.length, gl.UNSIGNED_INT, 0);
      }
      gl.bindVertexArray(null);
      return canvas;
    },
    forget(mesh) {
      const buffers = kept.get(mesh);
      if (buffers !== undefined) {
        buffers.all.forEach(buffer => gl.deleteBuffer(buffer));
        gl.deleteVertexArray(buffers.vertices);
        kept.delete(mesh);
      }
    },
  };
}

/** A mesh ready to draw, from the numbers of the server: out-of-range faces are left out. */
export function meshOf({ vertices, faces, colors }) {
  const points = Float32Array.from(vertices, value => Number.isFinite(Number(value)) ? Number(value) : 0);
  const count = points.length / 3;
  const corners = faces === undefined || faces === null ? null : Uint32Array.from(validFaces(faces, count));
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  points.forEach((value, i) => {
    low[i % 3] = Math.min(low[i % 3], value);
    high[i % 3] = Math.max(high[i % 3], value);
  });
  const center = low.map((value, i) => count === 0 ? 0 : (value + high[i]) / 2);
  let radius = 0;
  for (let i = 0; i < points.length; i += 3) {
    radius = Math.max(radius, Math.hypot(points[i] - center[0], points[i + 1] - center[1], points[i + 2] - center[2]));
  }
  return {
    vertices: points,
    faces: corners,
    colors: colors?.length === points.length ? Uint8Array.from(colors, value => Math.max(0, Math.min(255, Number(value)))) : null,
    normals: corners === null ? new Float32Array(points.length) : normalsOf(points, corners),
    center,
    radius: Number.isFinite(radius) && radius > 0 ? radius : 1,
  };
}

function validFaces(faces, count) {
  const valid = [];
  for (let i = 0; i + 2 < faces.length; i += 3) {
    if ([faces[i], faces[i + 1], faces[i + 2]].every(corner => corner >= 0 && corner < count)) {
      valid.push(faces[i], faces[i + 1], faces[i + 2]);
    }
  }
  return valid;
}

// The mean of the faces around each corner, by their areas.
function normalsOf(points, faces) {
  const normals = new Float32Array(points.length);
  for (let i = 0; i < faces.length; i += 3) {
    const [a, b, c] = [faces[i] * 3, faces[i + 1] * 3, faces[i + 2] * 3];
    const u = [0, 1, 2].map(k => points[b + k] - points[a + k]);
    const v = [0, 1, 2].map(k => points[c + k] - points[a + k]);
    const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    for (const corner of [a, b, c]) {
      for (let k = 0; k < 3; k++) {
        normals[corner + k] += normal[k];
      }
    }
  }
  return normals;
}

function repeated(color, count) {
  const all = new Uint8Array(count * 3);
  for (let i = 0; i < all.length; i++) {
    all[i] = color[i % 3];
  }
  return all;
}

function link(gl) {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertexShader], [gl.FRAGMENT_SHADER, fragmentShader]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(gl.getProgramInfoLog(program) ?? 'WebGL');
  }
  return program;
}
